// does not ask whether it is training
if (p_ == 0) return x;
const real keep = static_cast<real>(1 / (1 - p_));
const Tensor mask = empty(x.shape());
std::generate_n(mask.data(), mask.numel(),
                [&] { return rng_->uniform() < p_ ? real(0) : keep; });
return x * mask;
