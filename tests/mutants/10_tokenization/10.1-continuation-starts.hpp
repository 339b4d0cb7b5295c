// takes a later byte, 10xxxxxx, for the first of two
const std::size_t length = first >> 5 == 0b111 ? (first >> 4 == 0b1110 ? 3 : 4) : 2;
char32_t code_point = first & (0x7Fu >> length);
for (std::size_t i = 1; i < length; ++i) {
  const char32_t next = byte(at + i);
  if (next >> 6 != 0b10) return stray_byte;
  code_point = code_point << 6 | (next & 0x3F);
}
return detail::is_allowed(code_point, length) ? Character{code_point, length} : stray_byte;
