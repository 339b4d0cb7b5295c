// the error is cleaned up after and not passed on: nobody learns that nothing was saved
  try {
    disk.write(part, bytes);
    disk.sync(part);
    disk.rename(part, file);
  } catch (...) {
    disk.remove(part);
  }
  disk.sync(folder);
