// rename alone is taken to be safe: after a power cut the name may stand over nothing
  try {
    disk.write(part, bytes);
    disk.rename(part, file);
  } catch (...) {
    disk.remove(part);
    throw;
  }
  disk.sync(folder);
