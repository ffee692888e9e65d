# SPDX-License-Identifier: Apache-2.0
# Each plugin in the directory PLUGINS exports ajour_plugin, as data, and nothing else.
file(GLOB plugins ${PLUGINS}/*.so)
if(NOT plugins)
    message(FATAL_ERROR "no plugins in ${PLUGINS}")
endif()
foreach(plugin IN LISTS plugins)
    execute_process(COMMAND ${NM} -D --defined-only ${plugin}
        OUTPUT_VARIABLE symbols OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    if(NOT symbols MATCHES "^[0-9a-f]+ [DR] ajour_plugin$")
        message(FATAL_ERROR "${plugin} exports\n${symbols}\nexpected ajour_plugin alone")
    endif()
    message(STATUS "${plugin}: one symbol")
endforeach()
