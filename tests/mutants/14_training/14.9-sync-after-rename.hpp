// the bytes are flushed when the name points to them already
  try {
    disk.write(part, bytes);
    disk.rename(part, file);
    disk.sync(file);
  } catch (...) {
    disk.remove(part);
    throw;
  }
  disk.sync(folder);
