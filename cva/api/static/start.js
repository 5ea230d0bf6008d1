// Shows the interface's own document; an inline script would break the content security policy.
const place = document.getElementById("swagger-ui");
window.SwaggerUIBundle({ domNode: place, url: place.dataset.document, deepLinking: true });
