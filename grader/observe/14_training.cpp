// Observations of module 14: rates, norms, files, and runs that stop and go on.
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/training.hpp>

#include "models.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::learned;
using observe::random_tensor;
using observe::see;
using observe::see_error;

namespace {

using Examples = TensorDataset<Tensor, IndexTensor>;
using Loader = DataLoader<Examples>;
using Batch = Labelled<Tensor, IndexTensor>;

/// Three numbers in, two classes out, with dropout: everything that a checkpoint must hold.
class Net : public Module {
 public:
  explicit Net(Rng& rng)
      : in(child("in", Linear(3, 4, rng))),
        drop(child("drop", Dropout(0.25, rng))),
        out(child("out", Linear(4, 2, rng))),
        seen(buffer("seen", zeros({2}))) {}
  Tensor forward(const Tensor& x) const override { return out(drop(tanh(in(x)))); }  // [B, 2]

  const Linear in;
  const Dropout drop;
  const Linear out;
  const Tensor seen;
};

Net any_net(observe::Case& c) {
  Rng rng(c.bits());
  const Net net(rng);
  observe::randomize(c, net);
  for (Index i = 0; i < 2; ++i) net.seen.data()[i] = static_cast<real>(c.number());
  return net;
}

Loader any_loader(observe::Case& c, Index examples, Index batch_size) {
  const Tensor x = random_tensor(c, {examples, 3});
  const IndexTensor labels = c.labels({examples}, 0, 1);
  return Loader(Examples(x, labels),
                {.batch_size = batch_size, .shuffle = c.coin(), .seed = c.bits()});
}

auto cross_entropy_of(const Net& net) {
  return [net](const Batch& batch) { return cross_entropy(net(batch.x), batch.y); };
}

/// Parameters of any shapes with gradients of any size; one of them may have none.
std::vector<Tensor> with_gradients(observe::Case& c, double size) {
  std::vector<Tensor> parameters;
  for (Index i = c.whole(1, 4); i > 0; --i) {
    const Tensor p = learned(random_tensor(c, c.shape(0, 3)));
    const bool without = i == 1 && !parameters.empty() && c.coin();
    if (!without) sum(p * random_tensor(c, p.shape(), -size, size)).backward();
    parameters.push_back(p);
  }
  return parameters;
}

void see_gradients(observe::Case& c, const std::vector<Tensor>& parameters) {
  for (const Tensor& p : parameters) see(c, p.grad());
}

/// A disk that writes down what is asked of it, and lets one of the calls fail.
class WatchedDisk : public Disk {
 public:
  WatchedDisk(observe::Case& c, int failing) : c_(c), failing_(failing) {}

  void write(const Path& file, const std::string& bytes) override {
    note("write " + file.string() + " " + bytes);
  }
  void sync(const Path& path) override { note("sync " + path.string()); }
  void rename(const Path& from, const Path& to) override {
    note("rename " + from.string() + " " + to.string());
  }
  void remove(const Path& file) override { see(c_, "remove " + file.string()); }

 private:
  void note(const std::string& call) {
    see(c_, call);
    if (++calls_ == failing_) throw FileError("observe: no disk");
  }

  observe::Case& c_;
  int failing_, calls_ = 0;
};

/// A file's bytes, or that it is not there.
void see_file(observe::Case& c, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  see(c, static_cast<bool>(in));
  see(c, std::string(std::istreambuf_iterator<char>(in), {}));
}

/// A folder of this case's own, which goes with it.
struct Folder {
  std::filesystem::path path = "observed";

  Folder() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

/// Entries of all types and shapes, the empty ones too, in random order.
std::vector<detail::FileEntry> any_entries(observe::Case& c) {
  std::vector<detail::FileEntry> entries;
  for (const Index i : c.permutation(c.whole(1, 8))) {
    detail::FileEntry entry{std::string(1, static_cast<char>('a' + i)), c.coin() ? "F32" : "I64",
                            c.shape(0, 2, 0, 3)};
    entries.push_back(std::move(entry));
  }
  return entries;
}

/// Entries one behind the other, in random order; tells where the last one ends.
std::vector<detail::FileEntry> any_layout(observe::Case& c, std::uint64_t& end) {
  std::vector<detail::FileEntry> entries, mixed;
  end = 0;
  for (Index i = c.whole(2, 9); i > 0; --i) {
    const std::uint64_t size = c.coin() ? 0 : 4 * static_cast<std::uint64_t>(c.whole(1, 4));
    entries.push_back({std::string(1, static_cast<char>('a' + i)), "F32", {}, end, end + size});
    end += size;
  }
  for (const Index i : c.permutation(static_cast<Index>(entries.size())))
    mixed.push_back(entries[static_cast<std::size_t>(i)]);
  return mixed;
}

void see_snapshot(observe::Case& c, const Snapshot& snapshot) {
  for (const auto& [name, t] : snapshot.tensors) {
    see(c, name);
    see(c, t);
  }
  for (const auto& [name, t] : snapshot.indices) {
    see(c, name);
    see(c, t);
  }
}

void see_position(observe::Case& c, const Position& at) {
  see(c, Shape{at.step, at.epoch, at.batch});
}

/// A model and an optimizer that have taken some steps.
struct Run {
  Net net;
  AdamW optimizer;

  explicit Run(observe::Case& c)
      : net(any_net(c)), optimizer(net.parameters(), {.lr = c.number(0.01, 0.1)}) {}

  void train(observe::Case& c, Index steps) {
    for (; steps > 0; --steps) {
      optimizer.zero_grad();
      sum(net(random_tensor(c, {2, 3}))).backward();
      optimizer.step();
    }
  }
};

/// What each step was told to be.
struct Watcher : Callback {
  observe::Case* c;
  explicit Watcher(observe::Case& of) : c(&of) {}
  void on_step(Trainer&, const StepReport& r) override {
    see(*c, Shape{r.step, r.total, r.epoch, r.examples});
    see(*c, std::vector<double>{r.loss, r.lr});
    see(*c, r.grad_norm);
  }
  void on_epoch(Trainer&) override { see(*c, "epoch"); }
};

}  // namespace

OBSERVE("14.1", "LinearWarmup, step by step") {
  const Index steps = c.repetition() == 0 ? 0 : c.whole(1, 9);
  const LinearWarmup schedule(c.number(0.1, 2), steps);
  for (Index step = 0; step < steps + 3; ++step) see(c, schedule(step));
}

OBSERVE("14.2", "CosineSchedule, step by step") {
  const Index warmup = c.whole(0, 5), total = warmup + (c.repetition() == 0 ? 0 : c.whole(1, 8));
  const double base = c.number(0.5, 2), least = c.coin() ? 0 : c.number(0.05, 0.4);
  const CosineSchedule schedule(base, total, {.warmup_steps = warmup, .min_lr = least});
  for (Index step = 0; step < total + 4; ++step) see(c, schedule(step));
}

OBSERVE("14.3", "StepSchedule, step by step") {
  const StepSchedule schedule(c.number(0.1, 2), c.whole(1, 5), c.number(0.1, 1.2));
  for (Index step = 0; step < 12; ++step) see(c, schedule(step));
}

OBSERVE("14.4", "clip_grad_norm: the norm, and what is left of the gradients") {
  const bool huge = c.repetition() == 0;
  const std::vector<Tensor> parameters = with_gradients(c, huge ? 1e20 : 2);
  see(c, clip_grad_norm(parameters, huge ? 1 : c.number(0.2, 8)));
  see_gradients(c, parameters);
}

OBSERVE("14.4", "clip_grad_norm of a gradient with NaN") {
  const std::vector<Tensor> parameters = with_gradients(c, 2);
  parameters[0].grad().data()[0] = std::numeric_limits<real>::quiet_NaN();
  see(c, clip_grad_norm(parameters, c.number(0.1, 1)));
  see_gradients(c, parameters);
}

OBSERVE("14.5", "accuracy, where some labels are ignored") {
  const Shape lines = c.shape(0, 2);
  Shape scores = lines;
  const Index classes = c.whole(2, 4), ignored = c.whole(-1, classes - 1);
  scores.push_back(classes);
  const Tensor logits = observe::any_tensor(c, scores);
  const IndexTensor labels = c.labels(lines, 0, classes - 1);
  see(c, accuracy(logits, labels));
  see(c, accuracy(logits, labels, {.ignore_index = ignored}));
  see_error(c, [&] { (void)accuracy(logits, c.labels({7, 7, 7}, 0, 1)); });
}

OBSERVE("14.6", "perplexity") { see(c, perplexity(c.number(0, 9))); }

OBSERVE("14.7", "evaluate: the mean, how it is computed, and how the model is left") {
  const Net net = any_net(c);
  const Index examples = c.repetition() == 0 ? 0 : c.whole(1, 9);
  const Loader loader = any_loader(c, examples, c.whole(1, 4));
  const bool training = c.coin();
  net.train(training);
  see(c, evaluate(net, loader, [&](const Batch& batch) {
        see(c, grad_enabled());
        see(c, net.is_training());
        return cross_entropy_of(net)(batch);
      }));
  see(c, net.is_training());
  see(c, grad_enabled());
}

OBSERVE("14.7", "evaluate, if the loss throws") {
  const Net net = any_net(c);
  see_error(c, [&] {
    (void)evaluate(net, any_loader(c, 3, 2), [](const Batch& batch) {
      throw ValueError("observe");
      return batch.x;
    });
  });
  see(c, net.is_training());
  see(c, grad_enabled());
}

OBSERVE("14.8", "EarlyStopping: loss by loss") {
  EarlyStopping stopping({.patience = c.whole(1, 3), .min_delta = c.coin() ? 0 : 0.5});
  for (int i = 0; i < 12; ++i) {
    const bool nan = c.whole(0, 6) == 0;
    const double loss = 0.5 * static_cast<double>(c.whole(2, 12));
    see(c, stopping.update(nan ? std::numeric_limits<double>::quiet_NaN() : loss));
    see(c, stopping.best());
    see(c, stopping.waited());
  }
}

OBSERVE("14.9", "write_file_atomically: what it asks of the disk, and what if that fails") {
  const std::string file = (c.coin() ? "folder/" : "") + c.text(3).substr(0, 1) + "file";
  for (int failing = 0; failing <= 4; ++failing) {
    WatchedDisk disk(c, failing);
    see_error(c, [&] { write_file_atomically(file, c.text(5), disk); });
  }
}

OBSERVE("14.9", "write_file_atomically: what is found afterwards") {
  const Folder folder;
  const std::filesystem::path file = folder.path / "file";
  for (int i = 0; i < 2; ++i) {
    write_file_atomically(file, c.text(c.whole(0, 40), true));
    see_file(c, file);
  }
  see_error(c, [&] { write_file_atomically(folder.path / "none" / "file", "bytes"); });
  see_file(c, folder.path / "file.part");
}

OBSERVE("14.10", "lay_out: entries of all types and shapes") {
  std::vector<detail::FileEntry> entries = any_entries(c);
  detail::lay_out(entries);
  for (const detail::FileEntry& entry : entries) {
    see(c, entry.name);
    see(c, Shape{static_cast<Index>(entry.begin), static_cast<Index>(entry.end)});
  }
}

OBSERVE("14.10", "the bytes of a file") {
  TensorFile file;
  for (const detail::FileEntry& entry : any_entries(c)) {
    if (entry.dtype == "I64") {
      file.indices[entry.name] = c.labels(entry.shape, -9, 9);
    } else {
      file.tensors[entry.name] = observe::any_tensor(c, entry.shape);
    }
  }
  file.words["title"] = c.text(9);
  see(c, encode_safetensors(file));
}

OBSERVE("14.11", "check_layout: layouts in any order, gaps, overlaps and rests") {
  std::uint64_t end = 0;
  const std::vector<detail::FileEntry> sound = any_layout(c, end);
  const auto check = [&](const std::vector<detail::FileEntry>& entries, std::uint64_t bytes) {
    see_error(c, [&] { detail::check_layout(entries, bytes, "observe"); });
  };
  check(sound, end);
  check(sound, end + 4);
  check(sound, end == 0 ? 8 : end - 4);
  std::vector<detail::FileEntry> moved = sound;
  detail::FileEntry& one = moved[static_cast<std::size_t>(c.whole(0, Index(sound.size()) - 1))];
  if (c.coin()) one.begin += 4;
  one.end += 4;
  check(moved, end);
  std::vector<detail::FileEntry> fewer = sound;
  fewer.pop_back();
  check(fewer, end);
  std::vector<detail::FileEntry> twice = sound;
  twice.push_back(sound[0]);
  check(twice, end);
}

OBSERVE("14.12", "capture: all that a run is") {
  Run run(c);
  run.train(c, c.whole(0, 2));
  const Position at{c.whole(0, 99), c.whole(0, 9), c.whole(0, 9)};
  const Snapshot snapshot = capture(run.net, run.optimizer, at);
  see_snapshot(c, snapshot);
  for (const auto& [name, parameter] : run.net.named_parameters()) {
    const auto found = snapshot.tensors.find("model." + name);
    see(c, found != snapshot.tensors.end() && found->second.shares_storage_with(parameter));
  }
}

OBSERVE("14.13", "restore: another run goes on as the first one") {
  Run first(c), second(c);
  first.train(c, c.whole(1, 3));
  const Snapshot there = capture(first.net, first.optimizer, {c.whole(0, 99), c.whole(0, 9), 3});
  const Snapshot saved = decode_safetensors(encode_safetensors(there), "observe");
  second.train(c, c.whole(0, 2));
  see_position(c, restore(saved, second.net, second.optimizer));
  see_snapshot(c, capture(second.net, second.optimizer, {}));
  see(c, second.optimizer.lr());
  second.train(c, 2);
  observe::see_parameters(c, second.net);
}

OBSERVE("14.13", "restore: all or nothing") {
  Run first(c), second(c);
  first.train(c, 1);
  Snapshot other = capture(first.net, first.optimizer, {});
  if (c.coin()) {
    other.tensors["optimizer.0.nobody"] = zeros({1});
  } else {
    other.tensors["model.in.weight"] = zeros({1});
  }
  see_error(c, [&] { (void)restore(other, second.net, second.optimizer); });
  see_snapshot(c, capture(second.net, second.optimizer, {}));
}

OBSERVE("14.14", "next_batch, through several epochs") {
  const Index batches = c.whole(1, 5);
  Position at{c.whole(0, 99), c.whole(0, 9), c.whole(0, batches - 1)};
  for (int i = 0; i < 8; ++i) {
    at = next_batch(at, batches);
    see_position(c, at);
  }
}

OBSERVE("14.15", "train_step: what is asked for, what is told, and what is learned") {
  const Net net = any_net(c);
  SGD optimizer(net.parameters(), {.lr = 0.5, .momentum = 0.5});
  const Loader loader = any_loader(c, c.whole(5, 9), 2);
  const BatchLosses plain = batch_losses(loader, cross_entropy_of(net));
  const BatchLosses losses{plain.batches, [&](Index epoch, Index batch) {
                             see(c, Shape{epoch, batch});
                             return plain.at(epoch, batch);
                           }};
  TrainerOptions options{.max_steps = 9, .accumulate = c.whole(1, 3)};
  if (c.coin()) options.clip_norm = c.number(0.05, 0.5);
  if (c.coin()) options.schedule = [](Index step) { return 1 / static_cast<double>(step + 2); };
  Trainer trainer(net, optimizer, options);
  for (int step = 0; step < 4; ++step) {
    const StepReport r = trainer.train_step(losses);
    see(c, Shape{r.step, r.epoch, r.examples});
    for (const double number : {r.loss, r.lr, r.grad_norm}) see(c, number);
    see_position(c, trainer.position());
    observe::see_parameters(c, net);
  }
}

OBSERVE("14.16", "memory_plan: bytes, and which batches are tried") {
  const Net net = any_net(c);
  const Tensor table = random_tensor(c, {3, c.whole(1, 9)});
  std::vector<Index> tried;
  const MemoryPlan plan = memory_plan(net, c.whole(1, 500),
                                      [&](Index batch) {
                                        tried.push_back(batch);
                                        const Tensor x = zeros({batch, 3});
                                        return sum(net(x)) + sum(exp(learned(table.clone())));
                                      },
                                      {.optimizer_numbers = c.whole(0, 3)});
  see(c, Shape{plan.parameters, plan.buffers, plan.gradients, plan.optimizer, plan.activations});
  std::sort(tried.begin(), tried.end());
  see(c, tried);
}

OBSERVE("14.17", "EmaWeights: the average moves, the model does not") {
  Run run(c);
  EmaWeights average(run.net, {.decay = c.number(0, 0.95)});
  for (int step = 0; step < 3; ++step) {
    run.train(c, 1);
    average.update();
    for (const auto& [name, mean] : average.state_dict()) see(c, mean);
    observe::see_parameters(c, run.net);
  }
}

OBSERVE("14", "a run that is stopped, saved and resumed") {
  const Folder folder;
  const Loader loader = any_loader(c, 8, 2);
  const Index total = c.whole(4, 7), stopped = c.whole(1, total - 1);
  const CosineSchedule schedule(0.1, total, {.warmup_steps = 2});
  for (const Index steps : {stopped, total}) {
    Run run(c);
    TrainerOptions options{.max_steps = steps,
                           .accumulate = 1,
                           .clip_norm = 0.5,
                           .schedule = schedule,
                           .checkpoint_every = 1,
                           .folder = folder.path};
    Trainer trainer(run.net, run.optimizer, options);
    trainer.add(std::make_shared<Watcher>(c));
    trainer.add(std::make_shared<EarlyStopping>());
    see(c, resume(trainer));
    trainer.fit(loader, cross_entropy_of(run.net));
    observe::see_parameters(c, run.net);
    see_position(c, trainer.position());
  }
  see_snapshot(c, load_checkpoint(folder.path / "checkpoint.safetensors"));
}

OBSERVE("14", "files that claim what cannot be") {
  const TensorFile file{{{"a", random_tensor(c, {2, 3})}}, {{"b", c.labels({2}, 0, 9)}}, {}};
  const std::string bytes = encode_safetensors(file);
  const auto load = [&](const std::string& from) {
    see_error(c, [&] { see_snapshot(c, decode_safetensors(from, "observe")); });
  };
  load(bytes);
  load(bytes.substr(0, static_cast<std::size_t>(c.whole(0, Index(bytes.size()) - 1))));
  load(bytes + std::string(static_cast<std::size_t>(c.whole(1, 9)), '\0'));
  std::string changed = bytes;
  changed[static_cast<std::size_t>(c.whole(0, 30))] ^= static_cast<char>(c.whole(1, 127));
  load(changed);
}
