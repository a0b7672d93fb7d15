/**
 * What the library's page gets wrong: there is nothing to choose from where one server is described, and the list to
 * choose from has no name; tables are wider than a phone; much of the text is too pale for its ground.
 */
export const DOCUMENTED_STYLE = `
.swagger-ui .servers-title, .swagger-ui .servers { display: none }
.swagger-ui .responses-wrapper, .swagger-ui .parameters-container { overflow-x: auto }
.swagger-ui .info .title small, .swagger-ui .info .title small.version-stamp { background: #4f5561 }
.swagger-ui .info .url, .swagger-ui .info a { color: #2a669f }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1b62b5 }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #14713f }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3261e }
.swagger-ui .btn.authorize { border-color: #14713f; color: #14713f }
.swagger-ui .btn.authorize svg { fill: #14713f }
.swagger-ui .parameter__in { color: #555b65 }
.swagger-ui .microlight span[style*='211, 99, 99'] { color: #ffa0a0 !important }
`;
