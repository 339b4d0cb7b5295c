// the epoch ends one batch too late, behind the last one
  if (position.batch++ == batches) {
    position.batch = 0;
    ++position.epoch;
  }
  return position;
