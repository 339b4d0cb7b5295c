// leaves the English endings to the general rule
if (text[at] == ' ' && at + 1 < text.size() &&
    detail::kind_at(text, at + 1) != CharacterKind::space) {
  return detail::run_at(text, at + 1).end;
}
const detail::Run run = detail::run_at(text, at);
const bool leaves_one = run.kind == CharacterKind::space && run.end < text.size() && run.last > at;
return leaves_one ? run.last : run.end;
