// keeps the bytes in the order of their values
for (unsigned byte = 0; byte < 256; ++byte) order[byte] = static_cast<std::uint8_t>(byte);
