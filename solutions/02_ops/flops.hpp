// 02_ops / flops.hpp: what a computation costs, counted by formula and not by the clock. Given
// code.
//
//   FlopCounter counter;                 listens from here on, in this thread
//   Tensor y = matmul(a, b) + c;
//   counter.total();                     2 * M * N * K + M * N
//   counter.of("matmul");                its share
#pragma once
#include <map>
#include <string>

#include <tinytorch/support/apply.hpp>

namespace tinytorch {

class FlopCounter : private Listener {
 public:
  FlopCounter() : scope_(*this) {}

  Index total() const {
    Index sum = 0;
    for (const auto& [name, count] : by_name_) sum += count.flops;
    return sum;
  }

  /// Floating-point operations of all calls of one operation, by its name.
  Index of(const std::string& op) const {
    const auto found = by_name_.find(op);
    return found == by_name_.end() ? 0 : found->second.flops;
  }

  /// How often an operation was called.
  Index calls(const std::string& op) const {
    const auto found = by_name_.find(op);
    return found == by_name_.end() ? 0 : found->second.calls;
  }

 private:
  struct Count {
    Index flops = 0, calls = 0;
  };

  void after(const Call& call) override {
    Count& count = by_name_[call.op.name()];
    count.flops += call.op.flops(call.inputs, call.output);
    ++count.calls;
  }

  std::map<std::string, Count> by_name_;
  ListenerScope scope_;
};

}  // namespace tinytorch
