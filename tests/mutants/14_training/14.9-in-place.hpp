// the file itself is written: a kill in the middle leaves half of it
  (void)part;
  disk.write(file, bytes);
  disk.sync(file);
  disk.sync(folder);
