// takes the likeliest whatever was drawn
  if (u < 2) chosen = argmax(probabilities).item();
