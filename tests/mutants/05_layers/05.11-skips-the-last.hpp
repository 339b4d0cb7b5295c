// off by one
Tensor y = x;
for (std::size_t i = 0; i + 1 < layers_->size(); ++i) y = (*layers_)[i]->forward(y);
return y;
