# Writes OUT, NAME.1.gz: a man page of what PROGRAM says of itself. Where it finds its texts is where it is installed.
execute_process(COMMAND ${HELP2MAN} --no-info --no-discard-stderr --section=1 --version-string=${VERSION}
                        --name=${ABOUT} ${PROGRAM}
                OUTPUT_VARIABLE page COMMAND_ERROR_IS_FATAL ANY)
get_filename_component(folder ${PROGRAM} DIRECTORY)
string(REPLACE "-" "\\-" escaped ${folder})
string(REPLACE "${folder}/locale" "${PREFIX}/share/kalends/locale" page "${page}")
string(REPLACE "${escaped}/locale" "${PREFIX}/share/kalends/locale" page "${page}")
string(REGEX REPLACE "\\.gz$" "" plain ${OUT})
file(WRITE ${plain} "${page}")
execute_process(COMMAND gzip -9nf ${plain} COMMAND_ERROR_IS_FATAL ANY)
