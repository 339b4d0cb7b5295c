// an error leaves half a file behind, and the disk stays full
  disk.write(part, bytes);
  disk.sync(part);
  disk.rename(part, file);
  disk.sync(folder);
