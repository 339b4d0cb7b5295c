// white space takes its last character too
if (const std::size_t ending = detail::ending_at(text, at); ending > 0) return at + ending;
if (text[at] == ' ' && at + 1 < text.size() &&
    detail::kind_at(text, at + 1) != CharacterKind::space) {
  return detail::run_at(text, at + 1).end;
}
return detail::run_at(text, at).end;
