# Reads modules/course.json, the one manifest.
#
#   TINYTORCH_MODULES         ids of the modules that exist: 01_tensor;02_ops;...
#   TINYTORCH_SLUG_<id>       tensor
#   TINYTORCH_HEADER_<id>     tensor.hpp
set(manifest ${CMAKE_SOURCE_DIR}/modules/course.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
file(READ ${manifest} json)

set(TINYTORCH_MODULES)
string(JSON count LENGTH ${json} modules)
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
  string(JSON planned ERROR_VARIABLE absent GET ${json} modules ${i} planned)
  if(planned STREQUAL "ON")
    continue()
  endif()
  string(JSON id GET ${json} modules ${i} id)
  string(JSON TINYTORCH_SLUG_${id} GET ${json} modules ${i} slug)
  string(JSON TINYTORCH_HEADER_${id} GET ${json} modules ${i} header)
  list(APPEND TINYTORCH_MODULES ${id})
endforeach()
