// the second offset is taken for the last byte, not for one past it
  std::sort(entries.begin(), entries.end(), [](const FileEntry& a, const FileEntry& b) {
    const std::uint64_t a_size = dtype_size(a.dtype), b_size = dtype_size(b.dtype);
    return a_size != b_size ? a_size > b_size : a.name < b.name;
  });
  std::uint64_t at = 0;
  for (FileEntry& entry : entries) {
    entry.begin = at;
    at += static_cast<std::uint64_t>(numel(entry.shape)) * dtype_size(entry.dtype);
    entry.end = at > 0 ? at - 1 : 0;
  }
