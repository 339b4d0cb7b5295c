// one draw for each row
if (!is_training() || p_ == 0) return x;
const real keep = static_cast<real>(1 / (1 - p_));
Shape rows = x.shape();
if (!rows.empty()) rows.back() = 1;
const Tensor mask = empty(rows);
std::generate_n(mask.data(), mask.numel(),
                [&] { return rng_->uniform() < p_ ? real(0) : keep; });
return x * mask;
