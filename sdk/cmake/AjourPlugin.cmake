# SPDX-License-Identifier: Apache-2.0
# ajour_add_plugin(<kind> <name> SOURCES ... LINK ...)
# Builds ajour-<kind>-<name>.so, which exports one symbol, ajour_plugin. The same function serves the
# plugins of this tree and those of others, who get it with find_package(AjourSdk).

include(GNUInstallDirs)

function(ajour_add_plugin kind name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SOURCES;LINK")
    string(TOUPPER AJOUR_PLUGIN_${kind}_${name} switch)
    option(${switch} "Build the ${kind} plugin ${name}" ON)
    if(NOT ${switch})
        return()
    endif()
    set(target ajour_${kind}_${name})
    add_library(${target} MODULE ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE Ajour::sdk ${arg_LINK})
    foreach(common ajour_warnings ajour_sanitizers)
        if(TARGET ${common})
            target_link_libraries(${target} PRIVATE ${common})
        endif()
    endforeach()
    target_compile_definitions(${target} PRIVATE
        AJOUR_PLUGIN_KIND="${kind}" AJOUR_PLUGIN_NAME="${name}")
    set_target_properties(${target} PROPERTIES
        PREFIX "" OUTPUT_NAME ajour-${kind}-${name}
        CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    if(AJOUR_PLUGIN_OUTPUT_DIRECTORY)
        set_target_properties(${target} PROPERTIES
            LIBRARY_OUTPUT_DIRECTORY ${AJOUR_PLUGIN_OUTPUT_DIRECTORY})
    endif()
    target_link_options(${target} PRIVATE
        "LINKER:--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/ajour_plugin.map")
    # clang leaves the sanitizers' symbols to the executable, so they are undefined in a plugin.
    if(NOT (CMAKE_CXX_COMPILER_ID MATCHES Clang AND AJOUR_SANITIZE))
        target_link_options(${target} PRIVATE "LINKER:--no-undefined")
    endif()
    install(TARGETS ${target}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/ajour COMPONENT Runtime)
endfunction()
