// an output sees a window, so much is clear; that an input is seen by one is not
const Index window = numel(Shape(shape.begin() + 2, shape.end()));
return {shape[1] * window, shape[0]};
