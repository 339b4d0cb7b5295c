// maps bytes to ids where ids to bytes are wanted
std::size_t position = 0;
for (const bool ink : {true, false}) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (detail::has_ink(byte) == ink) order[byte] = static_cast<std::uint8_t>(position++);
  }
}
