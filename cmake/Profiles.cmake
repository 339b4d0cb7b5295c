# Reads cmake/profiles.json, which the grader reads too: the same flags in an editor, in ctest and in a mark.
set(profiles_file ${CMAKE_SOURCE_DIR}/cmake/profiles.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${profiles_file})
file(READ ${profiles_file} profiles_json)

# read_flags(RESULT key...): the list of texts that stands at this path of the file.
function(read_flags result)
  string(JSON count LENGTH ${profiles_json} ${ARGN})
  set(flags)
  if(count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON flag GET ${profiles_json} ${ARGN} ${i})
      list(APPEND flags ${flag})
    endforeach()
  endif()
  set(${result} ${flags} PARENT_SCOPE)
endfunction()

# add_profile_library(TARGET profile): an INTERFACE library that carries the flags of one profile.
function(add_profile_library target profile)
  read_flags(compile ${profile} compile)
  read_flags(link ${profile} link)
  read_flags(warnings warnings)
  add_library(${target} INTERFACE)
  target_compile_options(${target} INTERFACE ${compile} ${warnings})
  target_link_options(${target} INTERFACE ${link})
endfunction()
