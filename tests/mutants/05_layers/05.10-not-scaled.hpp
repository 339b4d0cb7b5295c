// drops, and does not make up for it
if (!is_training() || p_ == 0) return x;
const Tensor mask = empty(x.shape());
std::generate_n(mask.data(), mask.numel(),
                [&] { return real(rng_->uniform() < p_ ? 0 : 1); });
return x * mask;
