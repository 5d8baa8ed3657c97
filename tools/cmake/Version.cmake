# Writes OUT: which version this is, VERSION, and of which commit, where SOURCE is a checkout of its own.
execute_process(COMMAND git rev-parse --show-toplevel --short=12 HEAD WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE found ERROR_QUIET RESULT_VARIABLE failed)
set(text ${VERSION})
if(failed EQUAL 0 AND found MATCHES "^([^\n]*)\n([0-9a-f]+)\n$")
  set(commit ${CMAKE_MATCH_2})
  file(REAL_PATH ${CMAKE_MATCH_1} top)
  file(REAL_PATH ${SOURCE} source)
  if(top STREQUAL source)
    string(APPEND text " (commit ${commit})")
  endif()
endif()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT
     "#include \"kalends_version.h\"\n\nnamespace kalends {\n\nconst char* Version() { return \"@text@\"; }\n\n}  // namespace kalends\n")
