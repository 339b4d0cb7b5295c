// puts the bytes without ink first
std::size_t position = 0;
for (const bool ink : {false, true}) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (detail::has_ink(byte) == ink) order[position++] = static_cast<std::uint8_t>(byte);
  }
}
