// takes p for the probability to stay
if (!is_training() || p_ == 0) return x;
const real keep = static_cast<real>(1 / p_);
const Tensor mask = empty(x.shape());
std::generate_n(mask.data(), mask.numel(),
                [&] { return rng_->uniform() < p_ ? keep : real(0); });
return x * mask;
