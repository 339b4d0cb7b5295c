# How our own programs (tito, grader) are compiled. Light optimisation: they must start fast and build fast.
add_library(tool_flags INTERFACE)
target_compile_features(tool_flags INTERFACE cxx_std_20)
target_compile_options(tool_flags INTERFACE -O0 -Wall -Wextra -Wpedantic -Wshadow)

# A faster linker, where there is one.
find_program(LLD ld.lld)
if(LLD)
  target_link_options(tool_flags INTERFACE -fuse-ld=lld)
endif()

# add_tool_tests(NAME library): the Catch2 tests in the folder tests/ beside the caller, as one program.
function(add_tool_tests name library)
  file(GLOB sources CONFIGURE_DEPENDS tests/*.cpp)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${library} Catch2::Catch2)
  if(TARGET Catch2::Catch2WithMain) # saves ten seconds; otherwise tests/main.cpp compiles it
    target_link_libraries(${name} PRIVATE Catch2::Catch2WithMain)
  else()
    target_compile_definitions(${name} PRIVATE TT_COMPILE_CATCH_MAIN)
  endif()
  get_filename_component(course_root ${CMAKE_CURRENT_SOURCE_DIR}/.. ABSOLUTE)
  target_include_directories(${name} PRIVATE ${course_root}/tests/support)
  target_compile_definitions(${name} PRIVATE TINYTORCH_ROOT="${course_root}")
  target_precompile_headers(${name} PRIVATE <filesystem> <map> <nlohmann/json.hpp> <string> <vector> <tt_catch.hpp>)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
