// trusts that the bytes behind the first one belong to it
const std::size_t length = first >> 5 == 0b110     ? 2
                           : first >> 4 == 0b1110  ? 3
                           : first >> 3 == 0b11110 ? 4
                                                   : 0;
if (length == 0) return stray_byte;
char32_t code_point = first & (0x7Fu >> length);
for (std::size_t i = 1; i < length; ++i) code_point = code_point << 6 | (byte(at + i) & 0x3F);
return detail::is_allowed(code_point, length) ? Character{code_point, length} : stray_byte;
