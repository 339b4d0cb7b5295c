# The library `tinytorch`: a tree of forwarding headers that decides, module by module, what
# #include <tinytorch/tensor.hpp> means. grader/src/overlay.hpp describes the same tree.

# forward(name file): <tinytorch/name> is this file.
function(forward name file)
  set(header ${TINYTORCH_INCLUDE_DIR}/tinytorch/${name})
  file(CONFIGURE OUTPUT ${header} CONTENT "#pragma once\n#include \"${file}\"\n" @ONLY)
endfunction()

set(TINYTORCH_INCLUDE_DIR ${CMAKE_BINARY_DIR}/include)
if(TINYTORCH_CODE STREQUAL "reference")
  set(tree ${CMAKE_SOURCE_DIR}/solutions)
else()
  set(tree ${CMAKE_SOURCE_DIR}/modules)
endif()

file(GLOB_RECURSE given RELATIVE ${CMAKE_SOURCE_DIR}/modules CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/modules/support/*.hpp)
foreach(name IN LISTS given)
  forward(${name} ${CMAKE_SOURCE_DIR}/modules/${name})
endforeach()

foreach(id IN LISTS TINYTORCH_MODULES)
  file(GLOB headers CONFIGURE_DEPENDS ${tree}/${id}/*.hpp)
  foreach(file IN LISTS headers)
    get_filename_component(name ${file} NAME)
    if(name STREQUAL "${TINYTORCH_HEADER_${id}}")
      forward(${name} ${file})
    else()
      forward(${TINYTORCH_SLUG_${id}}/${name} ${file})
    endif()
  endforeach()
endforeach()

add_profile_library(tinytorch ${TINYTORCH_PROFILE})
target_include_directories(tinytorch INTERFACE ${TINYTORCH_INCLUDE_DIR})

# Gradient tests need doubles, whatever the rest of the build uses.
if(TINYTORCH_PROFILE MATCHES "asan")
  add_profile_library(tinytorch_double asan-double)
else()
  add_profile_library(tinytorch_double double)
endif()
target_include_directories(tinytorch_double INTERFACE ${TINYTORCH_INCLUDE_DIR})
