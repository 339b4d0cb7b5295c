// 14_training / trainer.hpp: the loop, step by step.
#include <tinytorch/training/early_stopping.hpp>
#include <tinytorch/training/loss_curve.hpp>
#include <tinytorch/training/metrics_log.hpp>
#include <tinytorch/training/progress.hpp>
#include <tinytorch/training/schedules.hpp>
#include "../pedagogy/14_training/golden.hpp"
#include "../pedagogy/14_training/runs.hpp"

using namespace tinytorch;
using namespace tt_test;
using runs::Net;

namespace {

/// One weight w, and batches whose loss is w * c with c = 1, 2, 3, ...: the gradient of a batch is c.
struct OneWeight : Module {
  Tensor w = parameter("w", zeros({1}));
};

BatchLosses counted(const OneWeight& model, std::string* asked = nullptr) {
  return {3, [model, asked](Index epoch, Index batch) -> BatchLoss {
            if (asked) *asked += std::to_string(epoch) + std::to_string(batch) + " ";
            return {sum(model.w * static_cast<real>(batch + 1)), 10};
          }};
}

/// Writes down what it is told.
struct Witness : Callback {
  std::string story;
  std::vector<StepReport> reports;
  void on_start(Trainer& t) override { story += "start" + std::to_string(t.position().step) + " "; }
  void on_step(Trainer&, const StepReport& r) override {
    story += "step" + std::to_string(r.step) + " ";
    reports.push_back(r);
  }
  void on_epoch(Trainer& t) override {
    story += "epoch" + std::to_string(t.position().epoch) + " ";
  }
  void on_evaluate(Trainer&, double x) override { story += "loss" + std::to_string(int(x)) + " "; }
  void on_end(Trainer&) override { story += "end"; }
};

Tensor made(Index rows, Index columns, Index a, Index b) {  // as in tests/oracles/14_training.py
  std::vector<real> numbers;
  for (Index i = 0; i < rows * columns; ++i) {
    numbers.push_back(static_cast<real>((a * i + b) % 13 - 6) / 8);
  }
  return tensor(numbers, {rows, columns});
}

struct Oracle : Module {
  Tensor w1 = parameter("w1", made(4, 3, 5, 2)), b1 = parameter("b1", zeros({4}));
  Tensor w2 = parameter("w2", made(2, 4, 7, 3)), b2 = parameter("b2", zeros({2}));
  Tensor forward(const Tensor& x) const override {
    return matmul(tanh(matmul(x, w1.transpose(0, 1)) + b1), w2.transpose(0, 1)) + b2;
  }
};

}  // namespace

TEST_CASE("next_batch: through an epoch and into the next", "[14.14][core]") {
  CHECK(next_batch({7, 0, 3}, 5) == Position{7, 0, 4});
  CHECK(next_batch({7, 0, 4}, 5) == Position{7, 1, 0});
  CHECK(next_batch({0, 2, 0}, 1) == Position{0, 3, 0});
}

TEST_CASE("next_batch: every batch of every epoch once and in order", "[14.14][property]") {
  Position at;
  Index wrong = 0;
  for (Index k = 0; k < 35; ++k) {
    wrong += at == Position{0, k / 7, k % 7} ? 0 : 1;
    at = next_batch(at, 7);
  }
  CHECK(wrong == 0);
  CHECK(at == Position{0, 5, 0});
}

TEST_CASE("train_step: the weight moves by the rate times the gradient", "[14.15][core]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 0.5});
  Trainer trainer(model, optimizer, {});
  const StepReport report = trainer.train_step(counted(model));
  CHECK_TENSOR(model.w.detach(), values({-0.5}, {1}));
  CHECK(report.loss == 0);  // w was 0
  CHECK((report.step == 1 && report.epoch == 0 && report.examples == 10));
  CHECK((report.grad_norm == 1 && report.lr == 0.5));
  (void)trainer.train_step(counted(model));  // c = 2, and the first gradient is forgotten
  CHECK_TENSOR(model.w.detach(), values({-1.5}, {1}));
  CHECK(trainer.position() == Position{2, 0, 2});
}

TEST_CASE("train_step: batches share a step as one large batch", "[14.15][14.14][core]") {
  Rng rng(4), again(4);
  const Net small(rng, 0.0), large(again, 0.0);
  AdamW a(small.parameters(), {.lr = 0.05}), b(large.parameters(), {.lr = 0.05});
  Trainer slow(small, a, {.epochs = 4, .accumulate = 3}), fast(large, b, {.epochs = 4});
  slow.fit(runs::losses(small, 4));   // 3 batches of 4 a step
  fast.fit(runs::losses(large, 12));  // the 12 of the epoch at once
  const Index n = small.parameter_count();
  CHECK(slow.position() == Position{4, 4, 0});
  CHECK_TENSOR_NEAR(values(runs::numbers(small), {n}), values(runs::numbers(large), {n}), 1e-6);
}

TEST_CASE("train_step: the loss and the norm of shared steps are means", "[14.15][edge]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 1});
  Trainer trainer(model, optimizer, {.accumulate = 2});
  std::string asked;
  (void)trainer.train_step(counted(model, &asked));  // the gradient is (1 + 2) / 2
  CHECK_TENSOR(model.w.detach(), values({-1.5}, {1}));
  const StepReport report = trainer.train_step(counted(model, &asked));  // c = 3, then c = 1 again
  CHECK(asked == "00 01 02 10 ");
  CHECK((report.loss == -3 && report.grad_norm == 2 && report.examples == 20));  // -1.5 * 2
}

TEST_CASE("train_step: clips the whole gradient before the step", "[14.15][14.4][core]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 1});
  Trainer trainer(model, optimizer, {.accumulate = 3, .clip_norm = 0.5});
  const StepReport report = trainer.train_step(counted(model));
  CHECK(std::abs(report.grad_norm - 2) < 1e-6);  // of (1 + 2 + 3) / 3, before it was shortened
  CHECK_TENSOR(model.w.detach(), values({-0.5}, {1}));
}

TEST_CASE("train_step: the schedule is asked for this step", "[14.15][14.3][core]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 9});
  Trainer trainer(model, optimizer, {.schedule = StepSchedule(1.0, 1, 0.5)});
  CHECK(trainer.train_step(counted(model)).lr == 1);
  CHECK(trainer.train_step(counted(model)).lr == 0.5);
  CHECK_TENSOR(model.w.detach(), values({-2}, {1}));  // 1 * 1 + 0.5 * 2
}

TEST_CASE("Trainer: eight steps end where PyTorch's do", "[14.15][14.2][14.4][core]") {
  const Oracle model;
  AdamW optimizer(model.parameters(), {.lr = 0.1, .weight_decay = 0.1});
  Trainer trainer(model, optimizer,
                  {.max_steps = 8,
                   .accumulate = 2,
                   .clip_norm = 0.5,
                   .schedule = CosineSchedule(0.1, 8, {.warmup_steps = 3, .min_lr = 0.01})});
  trainer.fit({4, [&](Index, Index number) -> BatchLoss {
                 return {mse_loss(model(made(5, 3, 3, number)), made(5, 2, 4, number + 5)), 5};
               }});
  CHECK_TENSOR_NEAR(values(runs::numbers(model), {26}),
                    values({golden::trained, golden::trained + 26}, {26}), 2e-5);
}

TEST_CASE("Trainer: calls its callbacks in order", "[14.15][core]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 0.1});
  Trainer trainer(model, optimizer,
                  {.max_steps = 4, .evaluate_every = 2, .evaluate = [] { return 5.0; }});
  const auto witness = std::make_shared<Witness>();
  trainer.add(witness);
  trainer.fit(counted(model));
  CHECK(witness->story == "start0 step1 step2 loss5 step3 epoch1 step4 loss5 end");
  CHECK((witness->reports[3].total == 4 && witness->reports[3].epoch == 1));
}

TEST_CASE("Trainer: stops early and remembers it", "[14.15][14.8][14.12][14.13][edge]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 0.1});
  const auto options =
      TrainerOptions{.max_steps = 9, .evaluate_every = 1, .evaluate = [] { return 1.0; }};
  Trainer trainer(model, optimizer, options), other(model, optimizer, options);
  trainer.add(std::make_shared<EarlyStopping>(EarlyStoppingOptions{.patience = 2}));
  trainer.fit(counted(model));
  CHECK(trainer.position().step == 3);  // the first one counts as progress, the next two do not
  other.add(std::make_shared<EarlyStopping>(EarlyStoppingOptions{.patience = 2}));
  other.restore(trainer.snapshot());
  other.fit(counted(model));
  CHECK(other.position().step == 3);
}

TEST_CASE("Trainer: an epoch uses each example once", "[14.15][14.14][property]") {
  Rng rng(1);
  const Net net(rng);
  SGD optimizer(net.parameters(), {.lr = 0.1});
  Trainer trainer(net, optimizer, {.epochs = 2});
  double seen = 0;
  const runs::Loader loader(runs::examples(), {.batch_size = 5, .shuffle = true});
  const auto witness = std::make_shared<Witness>();
  trainer.add(witness);
  trainer.fit(loader, [&](const runs::Batch& batch) {
    seen += double(sum(batch.x).item());
    return cross_entropy(net(batch.x), batch.y);
  });
  const runs::Batch all = *runs::Loader(runs::examples(), {.batch_size = 12}).begin();
  CHECK(std::abs(seen - 2 * double(sum(all.x).item())) < 1e-4);
  CHECK(witness->story == "start0 step1 step2 step3 epoch1 step4 step5 step6 epoch2 end");
  CHECK((witness->reports[0].examples == 5 && witness->reports[2].examples == 2));
}

TEST_CASE("Trainer: refuses what cannot be trained", "[14.15][14.12][14.13][errors]") {
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 0.1});
  Trainer trainer(model, optimizer, {.epochs = 1, .accumulate = 2});
  (void)trainer.train_step(counted(model));
  CHECK_THROWS_WITH(trainer.fit(counted(model)), contains("got 3 batches with 2 a step"));
  CHECK_THROWS_WITH(trainer.fit({0, nullptr}), contains("at least one batch"));
  CHECK_THROWS_WITH(Trainer(model, optimizer, {.accumulate = 0}), contains("accumulate >= 1"));
  CHECK_THROWS_WITH(Trainer(model, optimizer, {.checkpoint_every = 5}), contains("a folder"));
  Trainer other(model, optimizer, {});
  other.fit(counted(model));
  Trainer third(model, optimizer, {});
  third.restore(other.snapshot());
  BatchLosses longer = counted(model);
  longer.batches = 4;
  CHECK_THROWS_WITH(third.fit(longer), contains("3 batches an epoch, got 4"));
}

TEST_CASE("watching: a line and a log and a curve", "[14.15][core]") {
  const runs::Folder folder;
  const OneWeight model;
  SGD optimizer(model.parameters(), {.lr = 0.5});
  Trainer trainer(model, optimizer,
                  {.max_steps = 4, .evaluate_every = 4, .evaluate = [] { return 1.5; }});
  std::FILE* out = std::fopen((folder / "out").c_str(), "w");
  double now = 100;
  trainer.add(std::make_shared<ProgressLine>(ProgressLineOptions{
      .out = out, .unit = " tokens", .every_seconds = 3, .clock = [&] { return now += 1; }}));
  trainer.add(std::make_shared<MetricsLog>(folder / "log"));
  const auto curve = std::make_shared<LossCurve>();
  trainer.add(curve);
  trainer.fit(counted(model));
  std::fclose(out);
  CHECK(runs::contents(folder / "out") ==
        "step     3/4   loss -4.5000   lr 5.00e-01   10 tokens/s   0:01 left\n"
        "step     4/4   loss -3.0000   lr 5.00e-01   8 tokens/s   0:00 left   validation 1.5000\n");
  CHECK(runs::contents(folder / "log") ==
        "{\"step\":1,\"epoch\":0,\"loss\":0,\"lr\":0.5,\"grad_norm\":1}\n"
        "{\"step\":2,\"epoch\":0,\"loss\":-1,\"lr\":0.5,\"grad_norm\":2}\n"
        "{\"step\":3,\"epoch\":0,\"loss\":-4.5,\"lr\":0.5,\"grad_norm\":3}\n"
        "{\"step\":4,\"epoch\":1,\"loss\":-3,\"lr\":0.5,\"grad_norm\":1}\n"
        "{\"step\":4,\"validation_loss\":1.5}\n");
  const std::string svg = loss_curve_svg({{"training", curve->training}});
  CHECK(svg.find("points=\"220.0,20.0 380.0,95.6 540.0,360.0 700.0,246.7 \"") != std::string::npos);
}
