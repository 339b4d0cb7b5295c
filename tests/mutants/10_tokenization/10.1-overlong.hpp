// forgets to ask whether the number is allowed
const std::size_t length = first >> 5 == 0b110     ? 2
                           : first >> 4 == 0b1110  ? 3
                           : first >> 3 == 0b11110 ? 4
                                                   : 0;
if (length == 0) return stray_byte;
char32_t code_point = first & (0x7Fu >> length);
for (std::size_t i = 1; i < length; ++i) {
  const char32_t next = byte(at + i);
  if (next >> 6 != 0b10) return stray_byte;
  code_point = code_point << 6 | (next & 0x3F);
}
return {code_point, length};
