// sorted by the beginning alone: an empty tensor may stand behind the one that it shares a place with
  std::sort(entries.begin(), entries.end(), [](const FileEntry& a, const FileEntry& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
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
