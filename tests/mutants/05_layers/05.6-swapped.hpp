// takes the weight for [in, out]
const Index window = numel(Shape(shape.begin() + 2, shape.end()));
return {shape[0] * window, shape[1] * window};
