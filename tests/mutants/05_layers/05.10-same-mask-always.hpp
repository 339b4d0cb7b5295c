// works on a copy of the generator: every call drops the same
if (!is_training() || p_ == 0) return x;
Rng copy = *rng_;
const real keep = static_cast<real>(1 / (1 - p_));
const Tensor mask = empty(x.shape());
std::generate_n(mask.data(), mask.numel(),
                [&] { return copy.uniform() < p_ ? real(0) : keep; });
return x * mask;
