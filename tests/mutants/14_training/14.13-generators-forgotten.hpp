// the generators are saved and never put back
  optimizer.load_state_dict(detail::below(snapshot.tensors, "optimizer."));
  model.load_state_dict(detail::below(snapshot.tensors, "model."));
  const IndexTensor& place = snapshot.indices.at("position");
  position = {place[0], place[1], place[2]};
