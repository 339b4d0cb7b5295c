// grader / observe / main.cpp: main of every observation program.
//
//   PROGRAM --list        blank, repetitions and name of each observation, a line each
//   PROGRAM               reads from stdin a seed in hexadecimal, then lines "OBSERVATION REPETITION";
//                         writes to descriptor 3, for each: "case", what was seen, "end"
// What a student prints goes where prints go, and is not read. A case that throws says so as the
// last thing it saw; one that ends the process leaves its "end" out.
#include <cxxabi.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "observe.hpp"

namespace {

using namespace observe;

void write_all(const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = write(3, text.data() + done, text.size() - done);
    if (n <= 0) _exit(3);
    done += static_cast<std::size_t>(n);
  }
}

/// A case's own seed, whatever else runs: from the program's seed, the name and the repetition.
std::uint64_t seed_of(std::uint64_t seed, const Observation& observation, int repetition) {
  for (const char* c = observation.name; *c != '\0'; ++c)
    seed = (seed ^ static_cast<unsigned char>(*c)) * 0x100000001b3;  // FNV-1a
  return tinytorch::Rng(seed + static_cast<std::uint64_t>(repetition)).bits();
}

/// "tinytorch::ShapeError": what a person reads if an error comes where numbers were expected.
std::string name_of(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return name != nullptr ? name.get() : type.name();
}

void run(std::uint64_t seed, std::size_t number, int repetition) {
  const Observation& observation = observations().at(number);
  write_all("case " + std::to_string(number) + " " + std::to_string(repetition) + "\n");
  tinytorch::todo_record().reset();
  Case c(seed_of(seed, observation, repetition), repetition);
  std::string last;
  try {
    observation.run(c);
  } catch (const tinytorch::NotImplemented&) {
    last = "todo " + tinytorch::todo_record().blank + "\n";
  } catch (const std::exception& error) {
    see(c, "thrown: " + name_of(typeid(error)));
    last = "what " + std::string(error.what()).substr(0, 400);
    std::replace_if(
        last.begin() + 5, last.end(), [](char b) { return b < ' '; }, ' ');
    last += "\n";
  } catch (...) {
    see(c, "thrown: no std::exception");
  }
  write_all(c.seen() + last + "end\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--list") {
    for (const Observation& o : observations())
      std::printf("%s\t%d\t%s\n", o.blank, o.repetitions, o.name);
    return 0;
  }
  std::uint64_t seed = 0;
  std::size_t number = 0;
  int repetition = 0;
  if (std::scanf("%lx", &seed) != 1) return 2;
  while (std::scanf("%zu %d", &number, &repetition) == 2) {
    if (number >= observations().size()) return 2;
    run(seed, number, repetition);
  }
  return 0;
}
