// calls every layer with the first input
Tensor y = x;
for (const auto& layer : *layers_) y = layer->forward(x);
return y;
