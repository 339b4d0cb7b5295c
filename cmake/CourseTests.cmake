# Two test programs a module, registered with ctest case by case: tests_01_tensor with the chosen profile, and
# tests_01_tensor_gradients, in doubles, of the files named *_gradients.cpp.
if(Catch2_DIR)
  list(APPEND CMAKE_MODULE_PATH ${Catch2_DIR})
endif()
include(Catch OPTIONAL) # brings catch_discover_tests
read_flags(test_link test_link)

# add_test_main(TARGET library): Catch2's main and our recorder, compiled once for all programs.
function(add_test_main target library)
  add_library(${target} OBJECT ${CMAKE_SOURCE_DIR}/tests/support/recorder.cpp)
  target_compile_definitions(${target} PRIVATE TT_CATCH_IMPLEMENTATION)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/tests/support)
  target_link_libraries(${target} PUBLIC ${library} Catch2::Catch2)
  target_link_options(${target} INTERFACE ${test_link})
endfunction()

function(add_module_tests name main)
  if(NOT ARGN)
    return()
  endif()
  add_executable(${name} ${ARGN} $<TARGET_OBJECTS:${main}>)
  target_link_libraries(${name} PRIVATE ${main})
  target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/pch.hpp)
  if(COMMAND catch_discover_tests)
    catch_discover_tests(${name} TEST_PREFIX "${name}: ")
  else()
    add_test(NAME ${name} COMMAND ${name})
  endif()
endfunction()

add_test_main(test_main tinytorch)
add_test_main(test_main_double tinytorch_double)
foreach(id IN LISTS TINYTORCH_MODULES)
  string(SUBSTRING ${id} 0 2 number)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/pedagogy/${id}/*.cpp
       ${CMAKE_SOURCE_DIR}/tests/regression/${number}_*.cpp)
  set(gradients ${sources})
  list(FILTER gradients INCLUDE REGEX "_gradients\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_gradients\\.cpp$")
  add_module_tests(tests_${id} test_main ${sources})
  add_module_tests(tests_${id}_gradients test_main_double ${gradients})
endforeach()
