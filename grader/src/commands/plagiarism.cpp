#include "plagiarism.hpp"

#include <cstdio>

#include "commands/result_commands.hpp"
#include "text.hpp"

namespace grader {

int run_plagiarism_export(const Course& course, const PlagiarismOptions& options) {
  const PlagiarismExport result = export_for_plagiarism(course, options);
  for (const std::string& line : result.left_out)
    std::printf("left out         %s\n", clean_text(line, 300).c_str());
  std::printf("students         %d\nmapping          %s\n", result.students,
              result.mapping.string().c_str());
  for (const std::string& module : result.modules) {
    const std::string folder = (options.out / module).string();
    std::printf(
        "\n%s\n"
        "  java -jar jplag.jar -l cpp -r %s/jplag --csv-export -old %s/known %s/submissions\n"
        "  (cd %s && dolos run -l cpp -f csv info.csv)\n"
        "  (cd %s && moss -l cc -d submissions/*/*.hpp known/*/*.hpp)\n",
        module.c_str(), folder.c_str(), folder.c_str(), folder.c_str(), folder.c_str(),
        folder.c_str());
  }
  std::printf(
      "\nNothing was sent anywhere. The moss line sends code to Stanford University: ask first "
      "whether you may.\n");
  return 0;
}

}  // namespace grader
