app_name = "facilitating"
urlpatterns: list = []
