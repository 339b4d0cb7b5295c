#include "generated_mutants.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "files.hpp"

namespace tito {
namespace {

bool is_word_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The end of a comment, a preprocessor line or white space that begins at `at`; `at` if there is none.
std::size_t skip_ignored(const std::string& text, std::size_t at) {
  const auto line_end = [&] { return std::min(text.find('\n', at), text.size()); };
  if (std::isspace(static_cast<unsigned char>(text[at])) != 0) return at + 1;
  if (text.compare(at, 2, "//") == 0 || text[at] == '#') return line_end();
  if (text.compare(at, 2, "/*") == 0) {
    const auto end = text.find("*/", at + 2);
    return end == text.npos ? text.size() : end + 2;
  }
  return at;
}

std::size_t end_of_quoted(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    else if (text[i] == quote) return i + 1;
  }
  return text.size();
}

/// 12, 0.5f, 1e-9, 0x1p60, 1'000: a digit and all that can follow it.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  std::size_t i = at;
  while (i < text.size() &&
         (is_word_part(text[i]) || text[i] == '.' || text[i] == '\'' ||
          ((text[i] == '+' || text[i] == '-') &&
           std::string_view("eEpP").find(text[i - 1]) != std::string_view::npos &&
           text.compare(at, 2, "0x") != 0))) {
    ++i;
  }
  return i;
}

std::size_t end_of_sign(const std::string& text, std::size_t at) {
  static constexpr std::array longest_first = {"<<=", ">>=", "...", "<=>", "::", "->", "++",
                                               "--",  "+=",  "-=",  "*=",  "/=", "%=", "==",
                                               "!=",  "<=",  ">=",  "&&",  "||", "<<", ">>"};
  for (const std::string_view sign : longest_first) {
    if (text.compare(at, sign.size(), sign) == 0) return at + sign.size();
  }
  return at + 1;
}

/// The tokens of a region, and the mutants that differ from it in one place.
class Generator {
 public:
  explicit Generator(const grader::Region& region)
      : region_(region), text_(grader::join_lines(region.lines)), tokens_(tokens_of(text_)) {
    seen_.insert(text_);  // f(a, a) with its arguments changed is the solution itself
    match_brackets();
  }

  std::vector<GeneratedMutant> all() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      change_sign(i);
      change_number(i);
      change_word(i);
      negate_condition(i);
      drop_statement(i);
      swap_arguments(i);
    }
    std::stable_sort(mutants_.begin(), mutants_.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(mutants_);
  }

 private:
  const std::string& token(std::size_t i) const {
    static const std::string none;
    return i < tokens_.size() ? tokens_[i].text : none;
  }
  std::size_t begin_of(std::size_t i) const { return tokens_[i].at; }
  std::size_t end_of(std::size_t i) const { return tokens_[i].at + tokens_[i].text.size(); }

  void match_brackets() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const std::string& t = token(i);
      if (t == "(" || t == "[" || t == "{") open.push_back(i);
      if ((t == ")" || t == "]" || t == "}") && !open.empty()) {
        partner_[open.back()] = i;
        open.pop_back();
      }
    }
  }
  std::size_t partner(std::size_t i) const {
    const auto found = partner_.find(i);
    return found == partner_.end() ? tokens_.size() : found->second;
  }

  int line_at(std::size_t at) const {
    return region_.begin_line + 1 +
           static_cast<int>(
               std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }

  /// The line around [at, end) with the replacement, and without.
  std::string words_for(std::size_t at, std::size_t end, const std::string& to) const {
    const std::size_t line = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    const std::size_t stop = std::min(text_.find('\n', std::max(end, line)), text_.size());
    const auto one_line = [](std::string words) {
      std::string shown;
      for (const char c : words) {
        const bool space = c == '\n' || c == ' ';
        if (!space) shown += c;
        else if (!shown.empty() && shown.back() != ' ') shown += ' ';
      }
      return std::string(grader::trim(shown));
    };
    const std::string before = one_line(text_.substr(line, stop - line));
    const std::string after =
        one_line(text_.substr(line, at - line) + to + text_.substr(end, stop - end));
    return before + "  ->  " + (after.empty() ? "(nothing)" : after);
  }

  void replace(std::size_t at, std::size_t end, const std::string& to) {
    GeneratedMutant mutant{region_.id, line_at(at), words_for(at, end, to),
                           text_.substr(0, at) + to + text_.substr(end)};
    if (seen_.insert(mutant.body).second) mutants_.push_back(std::move(mutant));
  }
  void replace_token(std::size_t i, const std::string& to) { replace(begin_of(i), end_of(i), to); }

  /// Is there a value before token i, so that a + or * there is between two values?
  bool follows_value(std::size_t i) const {
    if (i == 0) return false;
    const Token& before = tokens_[i - 1];
    if (before.kind == Token::Kind::sign) return before.text == ")" || before.text == "]";
    return before.text != "return" && before.text != "const";
  }

  void change_sign(std::size_t i) {
    if (tokens_[i].kind != Token::Kind::sign) return;
    static const std::map<std::string, std::string> between = {
        {"+", "-"},   {"-", "+"},   {"*", "/"},   {"/", "*"},   {"%", "*"},   {"<", "<="},
        {"<=", "<"},  {">", ">="},  {">=", ">"},  {"==", "!="}, {"!=", "=="}, {"&&", "||"},
        {"||", "&&"}, {"+=", "-="}, {"-=", "+="}, {"*=", "/="}, {"/=", "*="}};
    const auto found = between.find(token(i));
    if (found != between.end() && follows_value(i)) replace_token(i, found->second);
  }

  void change_number(std::size_t i) {
    if (tokens_[i].kind != Token::Kind::number) return;
    const std::string& number = token(i);
    if (number == "0" || number == "1") return replace_token(i, number == "0" ? "1" : "0");
    replace_token(i, "(" + number + " + 1)");
  }

  void change_word(std::size_t i) {
    if (token(i) == "true") replace_token(i, "false");
    if (token(i) == "false") replace_token(i, "true");
  }

  void negate_condition(std::size_t i) {
    if (token(i) != "if" && token(i) != "while") return;
    if (token(i + 1) != "(") return;
    const std::size_t close = partner(i + 1);
    if (close == tokens_.size()) return;
    for (std::size_t k = i + 2; k < close; ++k) {
      if (token(k) == ";") return;
    }
    const std::size_t at = end_of(i + 1), end = begin_of(close);
    replace(at, end, "!(" + text_.substr(at, end - at) + ")");
  }

  /// Does a statement begin at token i?
  bool begins_statement(std::size_t i) const {
    if (i == 0) return true;
    const std::string& before = token(i - 1);
    if (before == ";" || before == "{" || before == "}" || before == "else") return true;
    if (before != ")") return false;
    for (const auto& [open, close] : partner_) {
      if (close == i - 1 && open > 0) {
        const std::string& word = token(open - 1);
        return word == "for" || word == "if" || word == "while" || word == "constexpr";
      }
    }
    return false;
  }

  /// A simple statement goes, up to its semicolon. The return that a function ends with stays: what
  /// comes without it is no value at all.
  void drop_statement(std::size_t i) {
    static const std::set<std::string> no_statement = {"for",  "if", "while", "do",
                                                       "else", "{",  "}",     ";",  ")"};
    if (!begins_statement(i) || no_statement.count(token(i)) != 0) return;
    std::size_t end = i;
    while (end < tokens_.size() && token(end) != ";") {
      const std::size_t close = partner(end);
      if (token(end) == "}") return;  // part of a list in braces
      end = close == tokens_.size() ? end + 1 : close + 1;
    }
    if (end >= tokens_.size()) return;
    if (token(i) == "return" && (end + 1 == tokens_.size() || token(end + 1) == "}")) return;
    replace(begin_of(i), begin_of(end), "");
  }

  /// f(a, b) -> f(b, a), for neighbours. Whether their types agree, the compiler says.
  void swap_arguments(std::size_t i) {
    if (token(i) != "(" || i == 0 || tokens_[i - 1].kind != Token::Kind::word) return;
    static const std::set<std::string> no_call = {"for", "if", "while", "switch", "return"};
    if (no_call.count(token(i - 1)) != 0) return;
    const std::size_t close = partner(i);
    if (close == tokens_.size()) return;
    std::vector<std::pair<std::size_t, std::size_t>> arguments;  // first token, one past the last
    std::size_t start = i + 1;
    for (std::size_t k = i + 1; k <= close; ++k) {
      if (k == close || token(k) == ",") {
        if (k > start) arguments.emplace_back(start, k);
        start = k + 1;
      } else if (partner(k) != tokens_.size()) {
        k = partner(k);
      }
    }
    for (std::size_t a = 0; a + 1 < arguments.size(); ++a) {
      const std::size_t at = begin_of(arguments[a].first), mid = end_of(arguments[a].second - 1);
      const std::size_t next = begin_of(arguments[a + 1].first),
                        end = end_of(arguments[a + 1].second - 1);
      replace(at, end,
              text_.substr(next, end - next) + text_.substr(mid, next - mid) +
                  text_.substr(at, mid - at));
    }
  }

  const grader::Region& region_;
  std::string text_;
  std::vector<Token> tokens_;
  std::map<std::size_t, std::size_t> partner_;  // of each opening bracket
  std::vector<GeneratedMutant> mutants_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = skip_ignored(text, at); end != at) {
      at = end;
      continue;
    }
    const char c = text[at];
    Token token{Token::Kind::sign, "", at};
    std::size_t end = at;
    if (c == '"' || c == '\'') {
      token.kind = Token::Kind::text;
      end = end_of_quoted(text, at);
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      token.kind = Token::Kind::number;
      end = end_of_number(text, at);
    } else if (is_word_part(c)) {
      token.kind = Token::Kind::word;
      while (end < text.size() && is_word_part(text[end])) ++end;
    } else {
      end = end_of_sign(text, at);
    }
    token.text = text.substr(at, end - at);
    tokens.push_back(std::move(token));
    at = end;
  }
  return tokens;
}

std::vector<GeneratedMutant> generate_mutants(const grader::Region& region) {
  return Generator(region).all();
}

}  // namespace tito
