// tensors lie in the order of their names, so an int64 may begin in the middle of a word
  std::sort(entries.begin(), entries.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.name < b.name; });
  std::uint64_t at = 0;
  for (FileEntry& entry : entries) {
    entry.begin = at;
    at += static_cast<std::uint64_t>(numel(entry.shape)) * dtype_size(entry.dtype);
    entry.end = at;
  }
