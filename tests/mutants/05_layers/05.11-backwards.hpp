// the last layer first, as compositions are written
Tensor y = x;
for (auto layer = layers_->rbegin(); layer != layers_->rend(); ++layer) y = (*layer)->forward(y);
return y;
