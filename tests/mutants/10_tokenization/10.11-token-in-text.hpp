// does not go on behind the token
std::size_t begin = 0;
for (std::size_t at = 0; at < text.size(); ++at) {
  const Index token = detail::special_at(text, at, special);
  if (token < 0) continue;
  if (at > begin) parts.push_back({text.substr(begin, at - begin)});
  parts.push_back({text.substr(at, special[static_cast<std::size_t>(token)].size()), token});
  begin = at + 1;
}
if (begin < text.size()) parts.push_back({text.substr(begin)});
return parts;
