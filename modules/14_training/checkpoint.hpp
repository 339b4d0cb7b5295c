// 14_training / checkpoint.hpp: all that a training run is, at one moment.
//
//   save_checkpoint("run.safetensors", model, optimizer, position);
// and in another process (load_checkpoint.hpp)
//   position = load_checkpoint("run.safetensors", model, optimizer);
// Note [Exact resume]: whoever resumes gets the numbers of a run that was never stopped, bit for bit.
// That holds if everything that the next step depends on is either in the file or a function of what
// is in it: weights, buffers, what the optimizer remembers, every random generator, and the place in
// the data. The learning rate is a function of the step (schedules.hpp) and the order of the examples
// one of seed and epoch (08_dataloader), so neither needs a place of its own.
#pragma once
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <tinytorch/optimizers/optimizer.hpp>
#include <tinytorch/training/safetensors_write.hpp>

namespace tinytorch {

/// How far a run has come: steps taken, and the batch that comes next.
struct Position {
  Index step = 0;
  Index epoch = 0;
  Index batch = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

namespace detail {

/// A number as text that gives the same number back.
inline std::string exact_text(double x) {
  char text[40];
  std::snprintf(text, sizeof text, "%a", x);
  return text;
}

inline double exact_number(const Words& words, const std::string& name) {
  const auto found = words.find(name);
  char* end = nullptr;
  const double x = found == words.end() ? 0 : std::strtod(found->second.c_str(), &end);
  if (end == nullptr || end == found->second.c_str() || *end != '\0') {
    throw FileError("checkpoint: expects a number as '" + name + "', got " +
                    (found == words.end() ? "none" : "\"" + found->second.substr(0, 40) + "\""));
  }
  return x;
}

/// The state of a generator as four whole numbers.
inline IndexTensor rng_tensor(const Rng& rng) {
  std::vector<Index> words;
  for (const std::uint64_t word : rng.state()) words.push_back(std::bit_cast<Index>(word));
  return IndexTensor(words, {4});
}

inline void set_rng(Rng& rng, const IndexTensor& t) {
  Rng::State state{};
  for (Index i = 0; i < 4; ++i) {
    state[static_cast<std::size_t>(i)] = std::bit_cast<std::uint64_t>(t[i]);
  }
  rng.set_state(state);
}

/// The entries of `dict`, with `prefix` before their names, into `into`.
template <class T>
void put_below(std::map<std::string, T>& into, const std::string& prefix,
               const std::map<std::string, T>& dict) {
  for (const auto& [name, value] : dict) into[prefix + name] = value;
}

/// The entries of `dict` whose names begin with `prefix`, without it.
template <class T>
std::map<std::string, T> below(const std::map<std::string, T>& dict, const std::string& prefix) {
  std::map<std::string, T> found;
  for (const auto& [name, value] : dict) {
    if (name.rfind(prefix, 0) == 0) found[name.substr(prefix.size())] = value;
  }
  return found;
}

}  // namespace detail

/// What a checkpoint holds: in memory as in the file.
///
/// Background  Names begin with what they belong to: model.fc1.weight, optimizer.0.exp_avg,
///             rng.drop.rng; "position" is [step, epoch, batch]. The tensors share memory with model
///             and optimizer: save it before the next step, or clone() them.
using Snapshot = TensorFile;

/// All that the next step depends on.
///
/// Goal        Note [Exact resume]: nothing may be missing.
/// Background  Forget the optimizer, and Adam takes its next steps as long as its first ones. Forget
///             the generators, and dropout draws other masks. Both train on as if nothing were wrong.
inline Snapshot capture(const Module& model, const Optimizer& optimizer, const Position& position) {
  Snapshot snapshot;
  for (Index group = 0; group < optimizer.group_count(); ++group) {
    snapshot.words["lr." + std::to_string(group)] = detail::exact_text(optimizer.lr(group));
  }
  // TODO(14.12): model.state_dict(), optimizer.state_dict() and named_generators() under the names
  // above, and the position.
  // HINT: detail::rng_tensor makes an IndexTensor of a generator; those go into snapshot.indices.
  todo("14.12", "capture");
  return snapshot;
}

namespace detail {

/// Refuses a snapshot of another model, before anything is changed. (The optimizer checks its part
/// itself, all of it before it takes any.)
inline void check_snapshot(const Snapshot& snapshot, const Module& model) {
  NamedTensors own = model.named_parameters();
  for (const auto& buffer : model.named_buffers()) own.push_back(buffer);
  std::string problems = differences(own, below(snapshot.tensors, "model."));
  const auto expect = [&](const std::string& name, Index count) {
    const auto found = snapshot.indices.find(name);
    if (found == snapshot.indices.end()) problems += "\n  missing: " + name;
    else if (found->second.numel() != count) problems += "\n  shape: " + name;
  };
  const auto generators = model.named_generators();
  for (const auto& [name, rng] : generators) expect("rng." + name, 4);
  expect("position", 3);
  if (problems.empty()) {
    const IndexTensor& at = snapshot.indices.at("position");
    for (Index i = 0; i < 3; ++i) {
      if (at[i] < 0) problems += "\n  a position below 0";
    }
  }
  if (below(snapshot.indices, "rng.").size() > generators.size()) {
    problems += "\n  unexpected: generators that the model does not have";
  }
  if (problems.empty()) return;
  throw ValueError("restore: expects a checkpoint of this model, got" + problems);
}

}  // namespace detail

/// Puts everything back where it was; all of it, or nothing and an error. The place to go on from.
///
/// Goal        The other half of capture.
/// Background  The model and the optimizer have been made anew, by the same program: their shapes are
///             not in doubt, only their numbers. Numbers are copied: the snapshot stays what it is.
inline Position restore(const Snapshot& snapshot, const Module& model, Optimizer& optimizer) {
  detail::check_snapshot(snapshot, model);
  Position position;
  // TODO(14.13): the optimizer, which may refuse; then the model, every generator, and the position.
  // HINT: detail::below(snapshot.tensors, "model.") takes the prefix off.
  // HINT: detail::set_rng(*rng, tensor)
  todo("14.13", "restore");
  for (Index group = 0; group < optimizer.group_count(); ++group) {
    const std::string name = "lr." + std::to_string(group);
    if (snapshot.words.count(name) != 0) {
      optimizer.set_lr(detail::exact_number(snapshot.words, name), group);
    }
  }
  return position;
}

/// Writes a checkpoint, atomically: one file, which is the last complete one at every moment.
///
/// Cost        weights and optimizer state, 12 bytes a parameter with Adam; and twice that in memory
///             while it is written
inline void save_checkpoint(const std::filesystem::path& path, const Snapshot& snapshot) {
  save_tensor_file(path, snapshot);
}
inline void save_checkpoint(const std::filesystem::path& path, const Module& model,
                            const Optimizer& optimizer, const Position& position = {}) {
  save_checkpoint(path, capture(model, optimizer, position));
}

}  // namespace tinytorch
