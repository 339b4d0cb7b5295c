// cuts the graph between the layers: only the last one learns
Tensor y = x;
for (const auto& layer : *layers_) y = layer->forward(y.detach());
return y;
