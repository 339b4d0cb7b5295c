// looks for endings only behind the other cases
if (text[at] == ' ' && at + 1 < text.size() &&
    detail::kind_at(text, at + 1) != CharacterKind::space) {
  return detail::run_at(text, at + 1).end;
}
const detail::Run run = detail::run_at(text, at);
const bool leaves_one = run.kind == CharacterKind::space && run.end < text.size() && run.last > at;
if (leaves_one) return run.last;
if (const std::size_t ending = detail::ending_at(text, at); ending > 0 && run.end < at + ending) {
  return run.end;
}
return run.end;
