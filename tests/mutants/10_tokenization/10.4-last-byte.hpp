// leaves the last byte of the white space, not its last character
if (const std::size_t ending = detail::ending_at(text, at); ending > 0) return at + ending;
if (text[at] == ' ' && at + 1 < text.size() &&
    detail::kind_at(text, at + 1) != CharacterKind::space) {
  return detail::run_at(text, at + 1).end;
}
const detail::Run run = detail::run_at(text, at);
const bool leaves_one =
    run.kind == CharacterKind::space && run.end < text.size() && run.end - 1 > at;
return leaves_one ? run.end - 1 : run.end;
