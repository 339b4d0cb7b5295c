// the other convention: nothing in training, a factor in evaluation
if (p_ == 0) return x;
if (!is_training()) return x * static_cast<real>(1 - p_);
const Tensor mask = empty(x.shape());
std::generate_n(mask.data(), mask.numel(),
                [&] { return real(rng_->uniform() < p_ ? 0 : 1); });
return x * mask;
