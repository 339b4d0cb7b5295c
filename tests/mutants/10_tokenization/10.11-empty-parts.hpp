// keeps empty parts between two tokens
std::size_t begin = 0;
for (std::size_t at = 0; at < text.size();) {
  const Index token = detail::special_at(text, at, special);
  if (token < 0) {
    ++at;
    continue;
  }
  parts.push_back({text.substr(begin, at - begin)});
  const std::size_t length = special[static_cast<std::size_t>(token)].size();
  parts.push_back({text.substr(at, length), token});
  begin = at += length;
}
parts.push_back({text.substr(begin)});
return parts;
