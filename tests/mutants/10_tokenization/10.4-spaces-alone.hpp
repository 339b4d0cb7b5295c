// makes a space a word of its own
if (const std::size_t ending = detail::ending_at(text, at); ending > 0) return at + ending;
const detail::Run run = detail::run_at(text, at);
const bool leaves_one = run.kind == CharacterKind::space && run.end < text.size() && run.last > at;
return leaves_one ? run.last : run.end;
