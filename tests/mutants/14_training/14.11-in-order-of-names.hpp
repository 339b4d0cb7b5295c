// entries are taken to come in the order of their places
  std::uint64_t at = 0;
  for (const FileEntry& entry : entries) {
    if (entry.begin != at) {
      refuse("'" + entry.name + "' to begin at byte " + std::to_string(at), entry.begin);
    }
    at = entry.end;
  }
  if (at != data_bytes) {
    refuse("the last tensor to end at byte " + std::to_string(data_bytes), at);
  }
