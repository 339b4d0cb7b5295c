// lets any white space go with the word behind it
if (const std::size_t ending = detail::ending_at(text, at); ending > 0) return at + ending;
const Character c = decode_character(text, at);
if (character_kind(c.code_point) == CharacterKind::space && at + c.length < text.size() &&
    detail::kind_at(text, at + c.length) != CharacterKind::space) {
  return detail::run_at(text, at + c.length).end;
}
const detail::Run run = detail::run_at(text, at);
const bool leaves_one = run.kind == CharacterKind::space && run.end < text.size() && run.last > at;
return leaves_one ? run.last : run.end;
