// the batch goes back to 0 and the epoch is not counted: every epoch has the first one's order
  position.batch = (position.batch + 1) % batches;
  return position;
